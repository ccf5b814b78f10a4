namespace Duplex.AspNetCore.Api;

/// <summary>Who may use the server API, and how it answers.</summary>
public sealed class ApiOptions
{
    /// <summary>The key callers show in <c>X-API-Key</c>, <c>Authorization: apikey</c> or <c>?api_key=</c>. Null, the default: nobody may call.</summary>
    public string? Key { get; set; }

    /// <summary>Lets everybody call without a key. For closed networks only. Default false.</summary>
    public bool IsInsecure { get; set; }

    /// <summary>Answers errors with HTTP statuses in place of 200 with an error object. Default false; a caller may ask for it by <c>X-Centrifugo-Error-Mode: transport</c>.</summary>
    public bool UsesTransportErrors { get; set; }

    /// <summary>Largest request accepted, in bytes. Default 1 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;
}
