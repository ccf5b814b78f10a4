using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Support;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Support;

/// <summary>The answers of the automatic helper.</summary>
public sealed class HelperScriptTests
{
    [Fact]
    public async Task Every_application_that_an_answer_names_is_at_its_address()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        var routes = showcase.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(static endpoint => new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), [])).ToList();
        foreach (var (question, path) in ((string, string)[])[
            ("Why not SSE?", "/lab"), ("Where do I trade?", "/exchange/SOLUSDT"), ("Is there a room?", "/chat"), ("Can I edit a text?", "/pad"), ("Which sandbox?", "/judge")])
        {
            Assert.Contains($" {path}.", HelperScript.AnswerTo(question), StringComparison.Ordinal);
            Assert.True(routes.Exists(route => route.TryMatch(path, [])), path);
        }
    }

    [Fact]
    public void A_question_without_a_known_word_is_answered_without_a_guess() => Assert.Equal(
        "No agent is at the desk at the moment. This answer is automatic. Your question stays in the queue until an agent takes it.",
        HelperScript.AnswerTo("Hm?"));
}
