using Duplex.Protocol.Extensions;

namespace Duplex.Server.Configuration;

/// <summary>permessage-deflate on one kind of WebSocket (RFC 7692).</summary>
internal sealed class CompressionSettings
{
    public bool IsEnabled { get; set; }

    /// <summary>1 (fastest) to 9 (smallest).</summary>
    public int Level { get; set; } = 1;

    /// <summary>Bytes below which a message is not worth it.</summary>
    public int? MinBytes { get; set; }

    /// <summary>Null: nothing is compressed.</summary>
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
