using Duplex.Configuration;

namespace Duplex.Server.Proxies;

/// <summary>Where one kind of question goes, and how it is asked.</summary>
internal sealed class ProxySettings
{
    public bool IsEnabled { get; set; }

    public Uri? Endpoint { get; set; }

    /// <summary>Time for the backend's answer, after which the client gets an internal error.</summary>
    /// <value>From 1 ms to 30 days. Default 1 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Header fields of the client's request that are passed on.</summary>
    public IReadOnlyList<string> HttpHeaders { get; set; } = [];

    /// <summary>Header fields that clients say in their connect command, because browsers cannot set real ones, and that are passed on.</summary>
    public IReadOnlyList<string> EmulatedHeaders { get; set; } = [];

    /// <summary>Header fields of every question, such as a secret.</summary>
    public IReadOnlyDictionary<string, string> StaticHeaders { get; set; } = new Dictionary<string, string>();

    /// <summary>What statuses other than 200 mean to the client; the rest are internal errors.</summary>
    public IReadOnlyList<StatusTransform> StatusTransforms { get; set; } = [];

    /// <summary>Whether payloads are base64, because they are not JSON.</summary>
    public bool IsBinary { get; set; }

    /// <summary>Whether the meta of the client's token or connect answer is told.</summary>
    public bool IncludesMeta { get; set; }
}
