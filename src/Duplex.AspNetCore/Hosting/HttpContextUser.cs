using System.Security.Claims;
using Duplex.Messaging.Clients;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Determines the hub's user from the principal of a request.</summary>
/// <param name="userId">Returns the user's id; null: the id is the claim <see cref="ClaimTypes.NameIdentifier"/> of an authenticated identity.</param>
internal sealed class HttpContextUser(Func<ClaimsPrincipal, string?>? userId)
{
    private readonly Func<ClaimsPrincipal, string?> _userId = userId ?? NameIdentifierOf;

    /// <summary>Adds the principal to the features of a client, and the user if the request is authenticated.</summary>
    public ClientFeatures AddTo(ClientFeatures client, ClaimsPrincipal? principal) =>
        client with { Principal = principal, User = IdOf(principal) };

    /// <summary>Returns whether a request has the same user as the client's connect request.</summary>
    public bool IsSame(ClaimsPrincipal? principal, ClientFeatures client) =>
        IsAuthenticated(principal) == IsAuthenticated(client.Principal)
        && string.Equals(IdOf(principal), client.User, StringComparison.Ordinal);

    private string? IdOf(ClaimsPrincipal? principal) => IsAuthenticated(principal) ? _userId(principal!) : null;

    private static bool IsAuthenticated(ClaimsPrincipal? principal) =>
        principal?.Identities.Any(static identity => identity.IsAuthenticated) == true;

    private static string? NameIdentifierOf(ClaimsPrincipal principal) => principal.FindFirst(
        static claim => claim is { Type: ClaimTypes.NameIdentifier, Subject.IsAuthenticated: true })?.Value;
}
