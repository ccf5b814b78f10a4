using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Application;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Duplex into an application.</summary>
public static class DuplexEndpointRouteBuilderExtensions
{
    /// <summary>Maps the client endpoints: <c>/connection/websocket</c>, <c>/connection/http_stream</c>, <c>/connection/sse</c> and <c>/emulation</c>.</summary>
    public static ClientsBuilder MapDuplex(this IEndpointRouteBuilder endpoints) => throw new NotImplementedException();

    /// <summary>Maps handlers to the channels of a pattern such as <c>chat:{room}</c>; the first mapped pattern that fits counts.</summary>
    public static ChannelBuilder MapChannel(this IEndpointRouteBuilder endpoints, string pattern) => throw new NotImplementedException();

    /// <summary>
    /// Maps a method that clients call. Its parameters are bound as in <see cref="ChannelBuilder"/>; what it returns
    /// is the reply's data, and <see cref="Duplex.Messaging.Errors.ClientException"/> the reply's error.
    /// </summary>
    [RequiresUnreferencedCode(ChannelBuilder.TrimWarning), RequiresDynamicCode(ChannelBuilder.TrimWarning)]
    public static IEndpointRouteBuilder MapRpc(this IEndpointRouteBuilder endpoints, string method, Delegate handler) =>
        throw new NotImplementedException();
}
