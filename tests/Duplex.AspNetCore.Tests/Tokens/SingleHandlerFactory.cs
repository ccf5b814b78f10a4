namespace Duplex.AspNetCore.Tests.Tokens;

/// <summary>Every client sends through one handler.</summary>
internal sealed class SingleHandlerFactory(HttpMessageHandler handler) : IHttpClientFactory
{
    public HttpClient CreateClient(string name) => new(handler, disposeHandler: false);
}
