using Showcase.Tests.Wire;

namespace Showcase.Tests.Lab;

/// <summary>A showcase with one person who starts runs of the laboratory.</summary>
public abstract class LabSession : IAsyncLifetime
{
    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected HttpClient Http { get; } = new();

    private protected RunningShowcase Showcase { get; private set; } = null!;

    private protected ProtocolClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Showcase = await RunningShowcase.StartAsync();
        Http.BaseAddress = Showcase.Http;
        Client = await Showcase.ConnectAsync("ada");
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Showcase.DisposeAsync();
        Http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a run and returns its id.</summary>
    private protected async Task<string> StartAsync(string settings) => (await Client.CallAsync("lab.start", settings)).GetProperty("run").GetString()!;
}
