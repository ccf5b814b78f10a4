namespace Duplex.Messaging.Clients;

/// <summary>
/// Validates header fields that clients supply. They are validated on input, because applications write
/// them into requests of their own.
/// </summary>
internal static class EmulatedHeaders
{
    /// <summary>Limit: header fields that a client supplies in its connect command; more disconnect it with 3501.</summary>
    private const int MaxFields = 100;

    /// <summary>Limit: characters of all these fields in total; more disconnect it with 3501.</summary>
    private const int MaxLength = 32 * 1024;

    /// <summary>Returns the fault of the fields as a phrase; null when there is none.</summary>
    public static string? FaultOf(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count > MaxFields) return $"the {headers.Count} emulated headers exceed the limit of {MaxFields}";
        if (headers.Sum(static field => field.Key.Length + field.Value.Length) > MaxLength) return $"the emulated headers have more than {MaxLength} characters";
        foreach (var (name, value) in headers)
        {
            if (!HeaderField.IsName(name)) return "the name of an emulated header is not a token (RFC 9110 section 5.6.2)";
            if (HeaderField.IsFraming(name)) return $"the emulated header {name} belongs to a connection and cannot be emulated";
            if (!HeaderField.IsValue(value)) return $"the value of the emulated header {name} has characters other than visible ASCII, spaces and tabs";
        }

        return null;
    }
}
