using Duplex.Configuration;

namespace Duplex.AspNetCore.Api;

/// <summary>Who may use the server API, and how it answers. The configuration section is <c>Duplex:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The key callers show in <c>X-API-Key</c>, <c>Authorization: apikey</c> or <c>?api_key=</c>. Null, the default: nobody may call.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// Lets every program call without a key, at a literal address, <c>localhost</c>, a name without a dot or what the
    /// setting <c>AllowedHosts</c> names. Web pages may not. For closed networks only. Default false.
    /// </summary>
    public bool IsInsecure { get; set; }

    /// <summary>Answers errors with HTTP statuses in place of 200 with an error object. Default false; a caller may ask for it by <c>X-Centrifugo-Error-Mode: transport</c>.</summary>
    public bool UsesTransportErrors { get; set; }

    /// <summary>Largest request accepted; a larger one is answered with 413.</summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Time for a request's body to arrive, after which it is answered with 408.</summary>
    /// <value>From 1 ms to 1 hour. Default 30 s.</value>
    [TimeRange("00:00:00.001", "01:00:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Reports every value that is out of its range.</summary>
    /// <param name="faults">Receives the faults.</param>
    public void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        faults.CheckRanges(this);
    }

    internal ApiOptions Copy() => (ApiOptions)MemberwiseClone();
}
