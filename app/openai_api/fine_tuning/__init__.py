"""Fine-tuning jobs: trainings of adapters in OpenAI's form."""
