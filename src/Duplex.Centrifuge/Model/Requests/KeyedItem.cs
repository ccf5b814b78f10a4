namespace Duplex.Centrifuge.Model.Requests;

/// <summary>A key of a shared-poll channel and the version a client has of it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Version">0 when the client has none.</param>
public readonly record struct KeyedItem(string Key, ulong Version);
