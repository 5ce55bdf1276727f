#requires -Version 7.6
<#
.SYNOPSIS
    Makes the site of the documentation: cmdlets, the engine's public API, lessons and findings.
.DESCRIPTION
    The same Markdown as in the clone is laid out in output/site-pages at the same places, with a page a cmdlet made of its help (text, examples, syntax, parameters), and DocFX makes output/site of it and of what the
    built assemblies say of their API. Then every link and picture of every page is followed: one that leads nowhere, or a cmdlet without a page, is an error.
    build.ps1 -Task Site builds the module first and calls this.
.PARAMETER OutputPath
    Where the site goes.
#>
[CmdletBinding()]
param([string] $OutputPath = "$PSScriptRoot/../output/site")

$ErrorActionPreference = 'Stop'
$root = [IO.Path]::GetFullPath("$PSScriptRoot/..")
$pages = "$root/output/site-pages"
Import-Module "$root/CnnVis.psd1"
foreach ($folder in $pages, $OutputPath) { if (Test-Path $folder) { Remove-Item $folder -Recurse -Force } }

function Write-Page([string] $Name, [string] $Text) {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName("$pages/$Name"))
    [IO.File]::WriteAllText("$pages/$Name", $Text)
}

# A table's cell: one line, and no markup that the text did not mean.
function ConvertTo-Cell([string] $Text) { (($Text -replace '\s+', ' ').Trim() -replace '\|', '\|') -replace '<', '&lt;' }

# A cmdlet's page: its help page, links to others, and what the module itself knows of its parameters.
function Get-CmdletPage([string] $Name) {
    $text = [IO.File]::ReadAllText("$root/src/CnnVis.PowerShell/Help/$Name.md").TrimEnd()
    $text = [regex]::Replace($text, '(?m)^- ([A-Z][a-z]+-\w+)$', '- [$1]($1.md)')
    $text = [regex]::Replace($text, '(?m)^- (about_\w+)$', '- [$1](../about/$1.md)')
    $text = [regex]::Replace($text, '(?m)^```powershell \(.*\)$', '```powershell')
    $help = Get-Help $Name -Full
    $syntax = ((Get-Command $Name -Syntax).Trim() -split '(\r?\n){2,}' | Where-Object { $_.Trim() }) -join "`n`n"
    $rows = foreach ($parameter in $help.parameters.parameter) {
        $default = if ($parameter.defaultValue -and "$($parameter.defaultValue)" -ne 'None') { " Left out: $($parameter.defaultValue)." }
        "| ``-$($parameter.name)`` | $(ConvertTo-Cell $parameter.type.name) | $(ConvertTo-Cell "$($parameter.description.Text)$default") |"
    }
    $links = $text.IndexOf("`n## Links")
    $body, $end = if ($links -lt 0) { $text, '' } else { $text.Substring(0, $links), $text.Substring($links) }
    "$body`n`n## Syntax`n`n``````powershell`n$syntax`n```````n`n## Parameters`n`n| Parameter | Type | |`n|---|---|---|`n$($rows -join "`n")`n`nWhat comes out: $((Get-Command $Name).OutputType.Name -join ', ').`n$end`n"
}

# Pages as they are, where they are: their links hold. A link to a folder means its page, one to a source file the file beside it.
foreach ($file in 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'THIRD-PARTY-NOTICES.md', 'LICENSE', 'docs', 'examples', 'src/CnnVis.Engine/Models/Bundled') {
    foreach ($item in Get-ChildItem "$root/$file" -File -Recurse | Where-Object { $_.Extension -in '', '.md', '.png', '.jpg', '.py', '.txt', '.ps1', '.sbatch', '.onnx' -and $_.FullName -notmatch 'Bundled.*onnx|docs.site' }) {
        $name = [IO.Path]::GetRelativePath($root, $item.FullName).Replace('\', '/')
        $target = if ($name -eq 'README.md') { 'index.md' } else { $name }
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName("$pages/$target"))
        if ($item.Extension -ne '.md') {
            [IO.File]::Copy($item.FullName, "$pages/$target")
            continue
        }
        $text = [regex]::Replace([IO.File]::ReadAllText($item.FullName), '\]\((?<to>[^):#]+)\)', {
            param($match)
            $to = $match.Groups['to'].Value
            if ([IO.Directory]::Exists([IO.Path]::Combine($item.DirectoryName, $to))) { $to += '/README.md' }
            "]($to)"
        })
        [IO.File]::WriteAllText("$pages/$target", [regex]::Replace($text, '(?m)^```powershell \(.*\)$', '```powershell'))
    }
}

$commands = Get-Command -Module CnnVis | Sort-Object Name
foreach ($command in $commands) { Write-Page "cmdlets/$($command.Name).md" (Get-CmdletPage $command.Name) }
$about = Get-ChildItem "$root/src/CnnVis.PowerShell/Help/*.help.txt" | Sort-Object Name
foreach ($topic in $about) { Write-Page "about/$($topic.Name -replace '\.help\.txt$').md" "# $($topic.Name -replace '\.help\.txt$')`n`n``````text`n$([IO.File]::ReadAllText($topic).TrimEnd())`n```````n" }

# Contents
$list = { foreach ($name in $args[0]) { "- name: $(($name -split '/')[-1] -replace '\.md$')`n  href: $name" } }
$title = { param($Path) [IO.File]::ReadLines($Path).Where({ $_ -like '# *' }, 'First')[0].Substring(2).Replace(': ', ' - ') }
Write-Page 'cmdlets/index.md' ("# Cmdlets`n`n| Cmdlet | Does |`n|---|---|`n" + (($commands | ForEach-Object { "| [$($_.Name)]($($_.Name).md) | $(ConvertTo-Cell (Get-Help $_.Name).Synopsis) |" }) -join "`n") + "`n`nTopics of help: " + (($about | ForEach-Object { $n = $_.Name -replace '\.help\.txt$'; "[$n](../about/$n.md)" }) -join ', ') + ".`n")
Write-Page 'cmdlets/toc.yml' ("- name: All cmdlets`n  href: index.md`n" + ((& $list ($commands.Name -replace '$', '.md')) -join "`n"))
$lessons = Get-ChildItem "$root/examples/[0-9]*.md" | Sort-Object Name
Write-Page 'examples/index.md' ("# Lessons`n`n" + (($lessons | ForEach-Object { "- [$(& $title $_)]($($_.Name))" }) -join "`n") + "`n")
Write-Page 'examples/toc.yml' (($lessons | ForEach-Object { "- name: '$((& $title $_) -replace "'", "''")'`n  href: $($_.Name)" }) -join "`n")
$findings = Get-ChildItem "$root/docs/*.md" | Sort-Object Name
Write-Page 'docs/index.md' ("# Findings, and how it is built`n`n" + (($findings | ForEach-Object { "- [$(& $title $_)]($($_.Name))" }) -join "`n") + "`n")
Write-Page 'docs/toc.yml' (($findings | ForEach-Object { "- name: '$((& $title $_) -replace "'", "''")'`n  href: $($_.Name)" }) -join "`n")
Write-Page 'toc.yml' "- name: Lessons`n  href: examples/`n  homepage: examples/index.md`n- name: Cmdlets`n  href: cmdlets/`n  homepage: cmdlets/index.md`n- name: Findings`n  href: docs/`n  homepage: docs/index.md`n- name: API for C#`n  href: api/`n"

Push-Location $root
try {
    dotnet tool restore | Out-Null
    dotnet docfx docs/site/docfx.json --output $OutputPath --logLevel warning
    if ($LASTEXITCODE -ne 0) { throw "docfx failed with exit code $LASTEXITCODE." }
}
finally {
    Pop-Location
}

# Every link and picture of every page leads somewhere.
$site = [IO.Path]::GetFullPath($OutputPath)
$known = [Collections.Generic.HashSet[string]]::new([StringComparer]::Ordinal)
foreach ($file in [IO.Directory]::EnumerateFiles($site, '*', 'AllDirectories')) { $null = $known.Add($file.Replace('\', '/')) }
$anchors = @{}
function Get-Anchor([string] $File) { $anchors[$File] ??= [Collections.Generic.HashSet[string]]::new([string[]] [regex]::Matches([IO.File]::ReadAllText($File), '\b(?:id|name)="([^"]+)"').ForEach({ $_.Groups[1].Value })); , $anchors[$File] }
$broken = foreach ($file in $known | Where-Object { $_ -like '*.html' }) {
    foreach ($match in [regex]::Matches([IO.File]::ReadAllText($file), '\b(?:href|src)="(?<to>[^"]*)"')) {
        $to = [Net.WebUtility]::HtmlDecode($match.Groups['to'].Value)
        if ($to -match '^(https?:|mailto:|data:|javascript:)' -or $to -eq '#') { continue }
        $path, $anchor = $to.Split('#', 2)
        $path = ($path -split '\?')[0]
        $target = if ($path) { [IO.Path]::GetFullPath([IO.Path]::Combine([IO.Path]::GetDirectoryName($file), [uri]::UnescapeDataString($path))).Replace('\', '/') } else { $file }
        if ($target.EndsWith('/')) { $target += 'index.html' }
        if (-not $known.Contains($target)) { "$([IO.Path]::GetRelativePath($site, $file)): $to" }
        elseif ($anchor -and $target -like '*.html' -and $target -notlike '*/api/*' -and -not (Get-Anchor $target).Contains([uri]::UnescapeDataString($anchor))) { "$([IO.Path]::GetRelativePath($site, $file)): $to (no such place)" }
    }
}
$missing = $commands.Name | Where-Object { -not $known.Contains("$($site.Replace('\', '/'))/cmdlets/$_.html") }
if ($broken) { throw "$(@($broken).Count) links lead nowhere:`n$(($broken | Sort-Object -Unique | Select-Object -First 40) -join "`n")" }
if ($missing) { throw "No page for $($missing -join ', ')." }
"The site is in $site`: $(@($known | Where-Object { $_ -like '*.html' }).Count) pages, $($commands.Count) cmdlets, no broken link."
