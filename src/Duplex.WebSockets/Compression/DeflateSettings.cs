namespace Duplex.WebSockets.Compression;

/// <summary>Represents the settings that must be equal for two compressing states to be interchangeable.</summary>
internal readonly record struct DeflateSettings(int WindowBits, int Level, int MemoryLevel);
