using Duplex.Configuration;

namespace Duplex.Server.Proxies;

/// <summary>The settings of a proxy: the backend's endpoint and the form of requests to it.</summary>
internal sealed class ProxySettings
{
    public bool IsEnabled { get; set; }

    public Uri? Endpoint { get; set; }

    /// <summary>Time limit for the backend's response, after which the client receives the internal error.</summary>
    /// <value>From 1 ms to 30 days. Default 1 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The header fields of the client's request that are forwarded.</summary>
    public IReadOnlyList<string> HttpHeaders { get; set; } = [];

    /// <summary>The header fields that are forwarded from the client's connect command, where clients send them because browsers cannot set real ones.</summary>
    public IReadOnlyList<string> EmulatedHeaders { get; set; } = [];

    /// <summary>The header fields of every request, such as a secret.</summary>
    public IReadOnlyDictionary<string, string> StaticHeaders { get; set; } = new Dictionary<string, string>();

    /// <summary>The mappings from response statuses other than 200 to errors and disconnects; unmapped statuses are the internal error.</summary>
    public IReadOnlyList<StatusTransform> StatusTransforms { get; set; } = [];

    /// <summary>Whether payloads are sent as base64, because they may not be JSON.</summary>
    public bool IsBinary { get; set; }

    /// <summary>Whether requests include the meta of the client's token or connect result.</summary>
    public bool IncludesMeta { get; set; }
}
