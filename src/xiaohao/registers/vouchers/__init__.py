"""Vouchers and the official card (公务卡): what must be paid by card, and the check of the two leaders."""
