using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Api;

/// <summary>Checks a caller's key, in the same time whatever is wrong with it.</summary>
internal static class ApiKey
{
    private const string Header = "X-API-Key";
    private const string Scheme = "apikey ";
    private const string Parameter = "api_key";

    public static bool IsAccepted(HttpRequest request, ApiOptions options) =>
        options.Key is { Length: > 0 } key && Shown(request) is { } shown && AreEqual(shown, key);

    private static string? Shown(HttpRequest request)
    {
        if (request.Headers[Header] is [{ } header]) return header;
        if (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Scheme.Length..].Trim();
        }

        return request.Query[Parameter] is [{ } parameter] ? parameter : null;
    }

    // Hashes first: they are of one length, so that not even the key's length shows in the time.
    private static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
