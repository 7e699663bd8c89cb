"""How well a catalogue tells roles apart."""
