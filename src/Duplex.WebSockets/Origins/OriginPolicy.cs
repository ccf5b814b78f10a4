namespace Duplex.WebSockets.Origins;

/// <summary>
/// Decides which web pages may connect. RFC 6455 section 10.2: a browser permits any page to open a WebSocket to any server,
/// loopback included, with the cookies of that server, so the check of the server is the only protection. Immutable; safe
/// from any thread.
/// </summary>
internal sealed class OriginPolicy
{
    // The origin that browsers send for sandboxed frames, files and similar documents. RFC 6454 section 7.1.
    private const string Null = "null";
    private const string Self = "self";

    // Cookies do not isolate ports (RFC 6265 section 8.5), so a page of another port of the host has its cookies anyway.
    private const string SelfOnAnyPort = "self:*";

    private readonly OriginPattern[] _patterns;
    private readonly bool _allowsSelf;
    private readonly bool _allowsSelfOnAnyPort;
    private readonly bool _allowsAny;
    private readonly bool _allowsNull;

    /// <summary>Creates a policy.</summary>
    /// <param name="allowed">
    /// The allowed origins: <c>https://example.org</c> or <c>http://localhost:3000</c>; <c>https://*.example.org</c> for
    /// every subdomain, at any depth, without <c>example.org</c> itself; <c>capacitor://localhost</c>, <c>file://</c> and
    /// other schemes of application shells and extensions; <c>null</c> for documents without an origin, such as files and
    /// sandboxed frames of any page; <c>*</c> for every origin; <c>self</c> for the host and port of the request, and
    /// <c>self:*</c> for its host with any port. Empty equals <c>self</c>.
    /// </param>
    /// <exception cref="ArgumentException">An entry has none of these forms.</exception>
    public OriginPolicy(IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        _allowsAny = allowed.Contains("*");
        _allowsNull = allowed.Contains(Null);
        _allowsSelfOnAnyPort = allowed.Contains(SelfOnAnyPort);
        _allowsSelf = allowed.Count == 0 || allowed.Contains(Self) || _allowsSelfOnAnyPort;
        _patterns = [.. allowed.Where(static text => !IsKeyword(text)).Select(OriginPattern.Parse)];
    }

    /// <summary>Returns the fault of an entry that the constructor rejects, with the expected form; null when the entry is valid.</summary>
    public static string? FaultOf(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return IsKeyword(entry) || OriginPattern.TryParse(entry, out _) ? null : OriginPattern.FaultOf(entry);
    }

    /// <summary>Returns whether a request is allowed.</summary>
    /// <param name="origin">The Origin field, or null when it is absent: the request then does not come from a page in a browser.</param>
    /// <param name="host">The Host field, with the port if it was sent.</param>
    public bool Allows(string? origin, string? host)
    {
        if (origin is null || _allowsAny) return true;

        if (origin == Null) return _allowsNull;
        // Several origins, and other text that is not an origin, do not parse.
        if (!Origin.TryParse(origin, out var parsed)) return false;
        if (_allowsSelf && IsSelf(parsed, host)) return true;
        // A loop instead of a lambda, whose closure would be allocated for requests without an origin too.
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(parsed)) return true;
        }

        return false;
    }

    // The scheme is ignored: behind a proxy that terminates TLS the scheme of the request is not known. A host without a
    // port has the default port of the scheme of the page.
    private bool IsSelf(in Origin origin, string? host) =>
        host is not null
        && origin.IsOfWebPage
        && Origin.TryParse($"{origin.Scheme}://{host}", out var self)
        && (_allowsSelfOnAnyPort || origin.Port == self.Port)
        && string.Equals(origin.Host, self.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsKeyword(string entry) => entry is "*" or Null or Self or SelfOnAnyPort;
}
