namespace Duplex.WebSockets.Origins;

/// <summary>
/// Decides from which web pages browsers may connect. RFC 6455 section 10.2: a browser lets any page open a
/// WebSocket to any server, loopback included, with that server's cookies; the server's check is the only guard.
/// Immutable, safe from any thread.
/// </summary>
public sealed class OriginPolicy
{
    private readonly OriginPattern[] _patterns;
    private readonly bool _allowsAny;

    /// <summary>Makes a policy.</summary>
    /// <param name="allowed">
    /// Origins such as <c>https://example.org</c> or <c>http://localhost:3000</c>; <c>https://*.example.org</c> for
    /// every subdomain, at any depth, without <c>example.org</c> itself; <c>*</c> for everything, even <c>null</c>.
    /// Empty means the host and port that the request names.
    /// </param>
    /// <exception cref="ArgumentException">An entry is none of these.</exception>
    public OriginPolicy(IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        _allowsAny = allowed.Contains("*");
        _patterns = [.. allowed.Where(text => text != "*").Select(OriginPattern.Parse)];
    }

    /// <summary>Whether a request may be let in.</summary>
    /// <param name="origin">The Origin field, or null when there is none: then it does not come from a browser's page.</param>
    /// <param name="host">The Host field, with the port if it was sent.</param>
    public bool Allows(string? origin, string? host)
    {
        if (origin is null || _allowsAny) return true;

        // "null" (a sandboxed frame, a file), several origins and anything else that is not one do not parse.
        if (!Origin.TryParse(origin, out var parsed)) return false;
        if (_patterns.Length == 0) return IsSameHost(parsed, host);
        // Not by a lambda: its closure would be made for requests without an origin too.
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(parsed)) return true;
        }

        return false;
    }

    // The scheme is left out of account: behind a proxy that ends TLS the request's own is not known here. A host
    // without a port stands for the default port of whichever scheme the page has.
    private static bool IsSameHost(in Origin origin, string? host) =>
        host is not null
        && Origin.TryParse($"{origin.Scheme}://{host}", out var self)
        && origin.Port == self.Port
        && string.Equals(origin.Host, self.Host, StringComparison.OrdinalIgnoreCase);
}
