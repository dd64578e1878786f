"""What the operator may change, shipped with the program: settings, feeds, topics, words, the bot's sentences, the sample world. No code."""
