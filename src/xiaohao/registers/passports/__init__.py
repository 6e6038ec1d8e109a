"""Passports and permits for private travel (因私出国证件): who is registered, what is kept, what is lent."""
