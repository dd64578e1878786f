"""WebSub on the wire (W3C Recommendation, 23 January 2018): which hub an answer names, signatures, and the server that hubs call back."""
