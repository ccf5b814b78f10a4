using System.Text;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.Stage.Shows;
using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>Validates the parameters of the calls. Each method returns the valid value or throws.</summary>
internal static class StageRules
{
    /// <summary>The stages: fixed ones, which bounds everything that they hold.</summary>
    public static readonly (string Id, string Title)[] Stages = [("main", "Main stage"), ("workshop", "Workshop"), ("rehearsal", "Rehearsal")];

    /// <summary>The kinds of reactions.</summary>
    public static readonly string[] Reactions = ["👍", "👏", "😂", "😮", "❓"];

    /// <summary>The maximum numbers of questions of a show, of open ones of a person, and of messages in a page of the chat.</summary>
    public const int MaxQuestions = 500, MaxOpenQuestions = 3, MaxMessages = 50;

    private const int MaxTitle = 80, MaxQuestion = 300, MaxOption = 80, MaxSlides = 60, MaxSlide = 4096, MaxDeckBytes = 48_000;

    public static Visitor Writer(ClientContext client) => Visitor.WithKey(client, "take part");

    public static Show Show(LiveStage stage) => stage.Show ?? throw new ClientException(409, "Nobody is on this stage.");

    public static Show ShowOf(Visitor speaker, LiveStage stage) => Show(stage) is { } show && show.User == speaker.User ? show
        : throw new ClientException(403, "Only the speaker can do this.");

    public static string Title(string? title) => Line(title, "title", MaxTitle);

    public static string QuestionText(string? text) => Line(text, "text", MaxQuestion);

    public static string Page(string? page) => page is { Length: >= 8 and <= 64 } ? page
        : throw new ClientException(400, "page must have 8 to 64 characters: generate one for each page.");

    public static IReadOnlyList<string> Slides(IReadOnlyList<string>? slides)
    {
        if (slides is not { Count: >= 1 and <= MaxSlides } || slides.Any(static slide => slide is not { Length: <= MaxSlide }) || slides.Sum(Encoding.UTF8.GetByteCount) > MaxDeckBytes)
            throw new ClientException(400, $"slides must be 1 to {MaxSlides} texts of at most {MaxSlide} characters each and {MaxDeckBytes} bytes in all.");
        return slides;
    }

    public static int Slide(int? slide, int count) => slide is >= 0 && slide < count ? slide.Value
        : throw new ClientException(400, $"slide must be an index from 0 to {count - 1}.");

    public static long At(long? at) => at is >= 0 ? at.Value
        : throw new ClientException(400, "at must be a time of the media in microseconds, or 0.");

    public static long Question(Message? question, Show show) =>
        question is not null && show.StatusOf(question.Id) != QuestionStatus.Removed ? question.Id
        : throw new ClientException(404, "There is no such question.");

    public static void MayAsk(Visitor author, Show show, List<Message> questions)
    {
        if (questions.Count >= MaxQuestions) throw new ClientException(409, "This show has as many questions as it may have.");
        if (questions.Count(question => question.User == author.User && show.StatusOf(question.Id) == QuestionStatus.Open) >= MaxOpenQuestions)
            throw new ClientException(409, $"You have {MaxOpenQuestions} open questions: wait until one is answered.");
    }

    public static QuestionStatus Status(string? status) => CamelCaseEnum<QuestionStatus>.Find(status)
        ?? throw new ClientException(400, "status must be open, answering, answered or removed.");

    public static Poll Poll(OpenPollParams poll, int id) => poll.Options is { Count: >= 2 and <= 6 } options
        ? new(id, Line(poll.Question, "question", MaxQuestion), [.. options.Select(static option => Line(option, "An option", MaxOption))], IsOpen: true, IsShown: false)
        : throw new ClientException(400, "options must be 2 to 6 texts.");

    public static Poll OpenPoll(Show show, int? id) => show.Poll is { IsOpen: true } poll && poll.Id == id ? poll
        : throw new ClientException(409, "This poll is closed.");

    public static int Choice(int? choice, Poll poll) => choice is >= 0 && choice < poll.Options.Count ? choice.Value
        : throw new ClientException(400, $"choice must be an index from 0 to {poll.Options.Count - 1}.");

    public static int Reaction(string? kind) => Array.IndexOf(Reactions, kind) is >= 0 and var index ? index
        : throw new ClientException(400, $"kind must be one of {string.Join(' ', Reactions)}.");

    public static Pointer Pointer(Pointer pointer) => pointer is { X: >= 0 and <= 1, Y: >= 0 and <= 1 } ? pointer
        : throw new ClientException(400, "x and y must be numbers from 0 to 1.");

    // A character as people count it may have any number of units: hence the second bound.
    private static string Line(string? text, string name, int max)
    {
        var line = string.Join(' ', (text ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return line.Length > 0 && line.Length <= 3 * max && Characters.Count(line) <= max && !line.Any(char.IsControl) ? line
            : throw new ClientException(400, $"{name} must have 1 to {max} characters.");
    }
}
