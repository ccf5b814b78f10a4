namespace Duplex.Messaging.Polling;

/// <summary>A key with the version that the requester has.</summary>
/// <param name="Key">The key.</param>
/// <param name="Version">The version; 0 for none.</param>
public readonly record struct PolledKey(string Key, ulong Version);
