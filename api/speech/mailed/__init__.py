"""What a letter says of the thing it is about, found when it leaves, and the links by which its reader acts."""
