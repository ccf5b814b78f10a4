using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Judge;

/// <summary>The judge: programs of visitors, executed in a sandbox.</summary>
/// <param name="folder">The folder of the judge's database.</param>
/// <param name="mode">The mode that the operator chose; null for the default.</param>
internal sealed class JudgeApplication(string folder, JudgeMode? mode) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddJudge(folder);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/judge/{problem?}", "judge/index.html");
        app.MapRuns();
        hub.MapJudge();
        var judge = app.Services.GetRequiredService<JudgeService>();
        app.Lifetime.ApplicationStarted.Register(() => judge.Start(mode, app.Urls));
    }

    public IEnumerable<ServerSubscription> SubscriptionsOf(string user) => [JudgeEndpoints.RunsOf(user)];

    public IEnumerable<KeyValuePair<string, int>> FiguresOf(IServiceProvider services) =>
        [new("judgeRuns", services.GetRequiredService<JudgeService>().Count)];
}
