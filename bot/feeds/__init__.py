"""Reading the network: fetch, parse, extract, discover. Knows nothing of chats, stores or topics."""
