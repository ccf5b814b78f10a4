namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Keys of a shared-poll channel that one signature allows to track.</summary>
/// <param name="Signature">The backend's signature over the keys.</param>
/// <param name="Items">The keys and the versions the client has.</param>
public sealed record TrackBatch(string Signature, IReadOnlyList<KeyedItem> Items);
