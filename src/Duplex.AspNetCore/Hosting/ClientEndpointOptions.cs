using Duplex.Configuration;
using Duplex.Protocol.Extensions;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Options of one client endpoint.</summary>
public sealed class ClientEndpointOptions
{
    internal ClientEndpointOptions(string path) => Path = path;

    /// <summary>Whether the endpoint is mapped. Default true.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The endpoint's route, which starts with a slash.</summary>
    public string Path { get; set; }

    /// <summary>The maximum size of a message or request body at this endpoint.</summary>
    /// <value>From 1 to 67,108,864 bytes, or null for TransportOptions.MaxMessageBytes. Default null.</value>
    [NumberRange(1, TransportOptions.MaxBytes, "bytes", Null = "TransportOptions.MaxMessageBytes")]
    public int? MaxMessageBytes { get; set; }

    /// <summary>The options of permessage-deflate, if it is a WebSocket endpoint. Null, the default: <see cref="TransportOptions.Compression"/> applies.</summary>
    public DeflateOptions? Compression { get; set; }
}
