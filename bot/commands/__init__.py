"""What a person typed becomes a Reply; one command table feeds every platform's menu."""
