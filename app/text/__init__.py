"""Natural language: detection, sentences, stemming, normalisation and what each language says."""
