"""Fixed assets: cards, keepers, disposal, stocktake by scanning, and the match of books, cards and things."""
