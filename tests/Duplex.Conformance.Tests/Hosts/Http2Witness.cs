using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>Notes which queries came by extended CONNECT, so that a test over HTTP/2 cannot pass over HTTP/1.1.</summary>
public sealed class Http2Witness
{
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    public bool HasSeen(string query) => _seen.ContainsKey(query);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true) _seen[context.Request.QueryString.Value ?? ""] = true;
        return next(context);
    }
}
