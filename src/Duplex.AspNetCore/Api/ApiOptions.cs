using Duplex.Configuration;

namespace Duplex.AspNetCore.Api;

/// <summary>Options of the server API. The configuration section is <c>Duplex:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The key that callers send in <c>X-API-Key</c>, <c>Authorization: apikey</c> or <c>?api_key=</c>. Null, the default: every call is refused.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// Whether programs may call without a key, if the Host field is a literal address, <c>localhost</c>, a name without a dot or
    /// one of the setting <c>AllowedHosts</c>. Requests from web pages are refused. For closed networks only. Default false.
    /// </summary>
    public bool IsInsecure { get; set; }

    /// <summary>Whether the response to a failed call has the HTTP status of its error instead of 200. Default false; a caller selects it per request with <c>X-Centrifugo-Error-Mode: transport</c>.</summary>
    public bool UsesTransportErrors { get; set; }

    /// <summary>The maximum size of a request body; the response to a larger one is 413.</summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>The time within which a request's body must arrive; the response to a later one is 408.</summary>
    /// <value>From 1 ms to 1 hour. Default 30 s.</value>
    [TimeRange("00:00:00.001", "01:00:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Reports every value that is out of its range.</summary>
    /// <param name="faults">Receives the faults.</param>
    internal void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        faults.CheckRanges(this);
    }

    internal ApiOptions Copy() => (ApiOptions)MemberwiseClone();
}
