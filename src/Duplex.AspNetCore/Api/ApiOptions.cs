namespace Duplex.AspNetCore.Api;

/// <summary>Who may use the server API, and how it answers.</summary>
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

    /// <summary>Largest request accepted, in bytes. Default 1 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Time for a request's body to arrive, after which it is answered with 408. Default 30 s; above zero, at most an hour.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentOutOfRangeException">A limit is not within its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBodyBytes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BodyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BodyTimeout, TimeSpan.FromHours(1));
    }
}
