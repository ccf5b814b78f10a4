namespace Duplex.Messaging.Polling;

/// <summary>Keys that one signature lets a client track.</summary>
/// <param name="Signature">The application's signature over the keys in this order; empty for none.</param>
/// <param name="Keys">The keys, and the versions the client has.</param>
public sealed record PollBatch(string Signature, IReadOnlyList<PolledKey> Keys);
