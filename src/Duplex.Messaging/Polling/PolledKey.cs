namespace Duplex.Messaging.Polling;

/// <summary>A key, and the version of it that whoever asks has.</summary>
/// <param name="Key">The key.</param>
/// <param name="Version">0 for none.</param>
public readonly record struct PolledKey(string Key, ulong Version);
