namespace Duplex.Messaging.Application;

/// <summary>A method that clients call.</summary>
internal sealed class CallRoute
{
    internal CallRoute(string method, Handler<object?> handler) => (Method, Handler) = (method, handler);

    /// <summary>The method's name; empty for the handler of all other methods.</summary>
    public string Method { get; }

    /// <summary>
    /// Authorizes calls of clients before the method's handler is called; null allows them. Calls of the server are not
    /// checked. A denial is <see cref="Codes.ClientErrors.PermissionDenied"/> (103) unless it has an error of its own.
    /// </summary>
    public Handler<AccessDecision>? Authorize { get; set => field = Registration.Once(field, value, "authorize", $"the method '{Method}'"); }

    internal Handler<object?> Handler { get; }
}
