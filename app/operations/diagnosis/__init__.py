"""What is wrong with the machine, the models, the database and the sign-in, and what to do: `loracle doctor`."""
