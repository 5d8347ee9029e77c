"""The outbox: who is told what. Written in the transaction of the act, delivered afterwards."""
