namespace Duplex.WebSockets.Compression;

/// <summary>What makes two compressing states interchangeable.</summary>
internal readonly record struct DeflateSettings(int WindowBits, int Level, int MemoryLevel);
