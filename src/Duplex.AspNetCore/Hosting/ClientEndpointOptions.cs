using Duplex.Configuration;
using Duplex.Protocol.Extensions;

namespace Duplex.AspNetCore.Hosting;

/// <summary>One of the endpoints that clients connect to.</summary>
public sealed class ClientEndpointOptions
{
    internal ClientEndpointOptions(string path) => Path = path;

    /// <summary>Whether the endpoint is there. Default true.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>The endpoint's route; begins with a slash.</summary>
    public string Path { get; set; }

    /// <summary>Largest message or request body accepted here.</summary>
    /// <value>From 1 to 67,108,864 bytes, or null for TransportOptions.MaxMessageBytes. Default null.</value>
    [NumberRange(1, TransportOptions.MaxBytes, "bytes", Null = "TransportOptions.MaxMessageBytes")]
    public int? MaxMessageBytes { get; set; }

    /// <summary>permessage-deflate here, where it is an endpoint of WebSockets. Null, the default: <see cref="TransportOptions.Compression"/>.</summary>
    public DeflateOptions? Compression { get; set; }
}
