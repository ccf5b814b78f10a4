namespace Duplex.Messaging.Polling;

/// <summary>Keys that one signature allows a client to track.</summary>
/// <param name="Signature">The application's signature over the keys in this order; empty when there is none.</param>
/// <param name="Keys">The keys with the versions that the client has.</param>
internal sealed record PollBatch(string Signature, IReadOnlyList<PolledKey> Keys);
