namespace Duplex.Messaging.Clients;

/// <summary>Bounds on the header fields that clients say they have: as many as web servers take of true ones.</summary>
internal static class EmulatedHeaders
{
    private const int MaxFields = 100;
    private const int MaxLength = 32 * 1024;

    public static bool AreBounded(IReadOnlyDictionary<string, string>? headers) =>
        headers is null || (headers.Count <= MaxFields && headers.Sum(static field => field.Key.Length + field.Value.Length) <= MaxLength);
}
