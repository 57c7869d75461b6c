"""Where the kernel writes down from which hosts it may install, which nobody reads."""
