"""What each kind of node does with a token, one small file per family; `drive` calls them."""
