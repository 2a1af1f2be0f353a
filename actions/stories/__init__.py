"""Stories of people who were harmed as children: told, looked at by two, shown, taken back."""
