using HandlebarsDotNet;

namespace Aspirate.Output;

/// <summary>The Handlebars templates, with the library's built-in helpers only.</summary>
internal sealed class TemplateFolder(string path)
{
    private readonly IHandlebars _handlebars = Handlebars.Create();
    private readonly Dictionary<string, HandlebarsTemplate<object, object>> _templates = [];

    /// <summary>Renders <c>{template}.hbs</c> to <c>{folder}/{template}.yaml</c>.</summary>
    public void Render(string template, TemplateModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            File.WriteAllText(Path.Combine(folder, $"{template}.yaml"), Get(template)(model));
        }
        catch (HandlebarsException exception)
        {
            throw new AspirateException($"{template}.hbs: {exception.Message}");
        }
    }

    private HandlebarsTemplate<object, object> Get(string name)
    {
        if (_templates.TryGetValue(name, out var template))
        {
            return template;
        }

        var file = Path.Combine(path, $"{name}.hbs");
        return File.Exists(file)
            ? _templates[name] = _handlebars.Compile(File.ReadAllText(file))
            : throw new AspirateException($"there is no template {file}");
    }
}
