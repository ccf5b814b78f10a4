using Duplex.Protocol.Extensions;

namespace Duplex.Server.Configuration;

/// <summary>The settings of permessage-deflate (RFC 7692) on one kind of WebSocket.</summary>
internal sealed class CompressionSettings
{
    public bool IsEnabled { get; set; }

    /// <summary>The compression level, from 1 (fastest) to 9 (smallest).</summary>
    public int Level { get; set; } = 1;

    /// <summary>The minimum length in bytes of a message that is compressed; null: the default of <see cref="DeflateOptions"/>.</summary>
    public int? MinBytes { get; set; }

    /// <summary>The options of the engine; null: compression is disabled.</summary>
    public DeflateOptions? Options
    {
        get
        {
            if (!IsEnabled) return null;
            var options = new DeflateOptions { Level = Level };
            return MinBytes is { } bytes ? options with { MinMessageBytes = bytes } : options;
        }
    }
}
