BeforeDiscovery {
    $commands = 'Clear-CnnCache', 'Get-CnnOption', 'Save-CnnModel', 'Set-CnnOption', 'Show-CnnImage', 'ConvertFrom-CnnCode', 'ConvertTo-Tsne', 'Export-CnnCode', 'Export-CnnImage', 'Export-CnnModel', 'Export-TsneMap', 'Find-MaxActivatingImage', 'Get-CnnActivation', 'Get-CnnCode', 'Get-CnnFilter', 'Get-CnnLayer', 'Get-CnnModel', 'Get-CnnPrediction', 'Get-SaliencyMap', 'Import-CnnCode', 'Import-CnnModel', 'Invoke-Occlusion', 'Measure-CnnActivation', 'Measure-CnnRobustness', 'Measure-SaliencyMap', 'Merge-MaxActivatingImage', 'New-AdversarialExample', 'New-CnnClassImage', 'New-FoolingImage'
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    function Complete([string] $Line) {
        ([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)).CompletionMatches.CompletionText
    }
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        $module = Test-ModuleManifest $manifest -ErrorAction Stop
        $module.Name | Should -Be 'CnnVis'
        $module.PowerShellVersion | Should -Be '7.6'
        $module.Guid | Should -Not -Be ([guid]::Empty)
        $module.Author, $module.Description, $module.Copyright | Should -Not -BeNullOrEmpty
        $module.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'exports the cmdlets that the manifest lists, and nothing else' {
        $module = Get-Module CnnVis
        $listed = (Import-PowerShellDataFile $manifest).CmdletsToExport
        ($module.ExportedCommands.Keys | Sort-Object) | Should -Be ($listed | Sort-Object)
        $module.ExportedVariables.Count | Should -Be 0
        $listed | ForEach-Object { "$PSScriptRoot/$_.Tests.ps1" } | Should -Exist
    }

    It 'can be imported again and again, with -Force' {
        $before = (Get-CnnModel alexnet64).ParameterCount
        foreach ($time in 1, 2) {
            Import-Module $manifest -Force -ErrorAction Stop
            (Get-CnnModel alexnet64).ParameterCount | Should -Be $before
        }
        @(Get-Module CnnVis).Count | Should -Be 1
    }

    It 'can be removed and imported again, and takes networks from before' {
        $model = Get-CnnModel alexnet64
        Remove-Module CnnVis
        Get-Module CnnVis | Should -BeNullOrEmpty
        Import-Module $manifest
        (Get-CnnLayer conv1 -Model $model).Channels | Should -Be 64
    }

    It 'gets no warning on import, as it would for verbs that are not approved' {
        Import-Module $manifest -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }

    It 'says in one sentence that another version is in the session' {
        $other = New-Item "$TestDrive/other/bin" -ItemType Directory
        Copy-Item $manifest "$TestDrive/other"
        Copy-Item "$(Split-Path $manifest)/bin/*.ps1xml", "$(Split-Path $manifest)/bin/*.psm1", "$(Split-Path $manifest)/bin/CnnVis.Contracts.dll" $other
        Set-Content "$other/CnnVis.PowerShell.dll" 'of another version'
        { Import-Module "$TestDrive/other/CnnVis.psd1" -ErrorAction Stop } | Should -Throw '*already*new pwsh*'
        (Get-CnnModel alexnet64).Name | Should -Be 'alexnet64'
    }

    It 'works in other runspaces at the same time' {
        $running = foreach ($number in 1..3) {
            $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            $null = $shell.AddScript('param($manifest, $fixtures) Import-Module $manifest; (Get-CnnPrediction "$fixtures/red.png" -Model "$fixtures/tiny.onnx").Class')
            $null = $shell.AddArgument($manifest).AddArgument("$fixtures")
            @{ Shell = $shell; Runspace = $runspace; Pending = $shell.BeginInvoke() }
        }
        foreach ($one in $running) {
            $one.Shell.EndInvoke($one.Pending) | Should -Be 'red'
            $one.Shell.Streams.Error.Count | Should -Be 0
            $one.Shell.Dispose()
            $one.Runspace.Dispose()
        }
    }
}

Describe '<_>' -ForEach $commands {
    BeforeAll {
        $command = Get-Command $_ -Module CnnVis
        $types = @{
            'Find-MaxActivatingImage' = 'CnnVis.MaxActivatingImageSet'; 'Merge-MaxActivatingImage' = 'CnnVis.MaxActivatingImageSet'
            'ConvertTo-Tsne' = 'CnnVis.TsneMap'; 'Get-CnnCode' = 'CnnVis.CnnCode'; 'Export-CnnCode' = 'System.IO.FileInfo'; 'Import-CnnCode' = 'CnnVis.CnnCode', 'CnnVis.TsneMap'
            'Export-CnnImage' = 'System.IO.FileInfo'; 'Export-CnnModel' = 'System.IO.FileInfo'; 'Export-TsneMap' = 'System.IO.FileInfo'; 'Get-CnnActivation' = 'CnnVis.CnnActivation'
            'Get-CnnFilter' = 'CnnVis.CnnFilterBank'; 'Get-CnnLayer' = 'CnnVis.CnnLayer'; 'Get-CnnModel' = 'CnnVis.CnnModel'
            'Get-CnnPrediction' = 'CnnVis.CnnPrediction'; 'Get-SaliencyMap' = 'CnnVis.SaliencyMap'; 'Import-CnnModel' = 'CnnVis.CnnModel'; 'Invoke-Occlusion' = 'CnnVis.OcclusionMap'; 'Measure-CnnActivation' = 'CnnVis.CnnActivationStatistic'
            'New-AdversarialExample' = 'CnnVis.AdversarialExample'; 'Measure-CnnRobustness' = 'CnnVis.RobustnessMeasure', 'CnnVis.RobustnessPlot', 'CnnVis.CorruptionRobustness', 'CnnVis.PerturbationStability'
            'Measure-SaliencyMap' = 'CnnVis.SaliencyMeasure', 'CnnVis.SaliencyMeasureSummary'; 'New-CnnClassImage' = 'CnnVis.CnnClassImage'
            'New-FoolingImage' = 'CnnVis.CnnFoolingImage'
            'Get-CnnOption' = 'CnnVis.CnnOption'; 'Set-CnnOption' = 'CnnVis.CnnOption'; 'Save-CnnModel' = 'CnnVis.CnnModel'; 'Clear-CnnCache' = 'System.Void'; 'Show-CnnImage' = 'System.Void'
            'ConvertFrom-CnnCode' = 'CnnVis.CnnReconstruction', 'CnnVis.CnnReconstructionSheet', 'CnnVis.CnnReconstructionSummary'
        }
    }

    It 'is a cmdlet with an approved verb' {
        $command.CommandType | Should -Be 'Cmdlet'
        $approved = [System.Management.Automation.VerbsCommon], [System.Management.Automation.VerbsData], [System.Management.Automation.VerbsDiagnostic], [System.Management.Automation.VerbsLifecycle] | ForEach-Object { $_.GetFields().Name }
        $command.Verb | Should -BeIn $approved
        $command.Noun -like 'Cnn*' -or $command.Noun -in 'MaxActivatingImage', 'SaliencyMap', 'Occlusion', 'Tsne', 'TsneMap', 'AdversarialExample', 'FoolingImage' | Should -BeTrue
    }

    It 'says what it gives' {
        $command.OutputType.Name | Should -Be $types[$command.Name]
    }

    It 'asks before it writes, if it writes' {
        $exports = $command.Verb -eq 'Export'
        $writes = $exports -or $command.Parameters.ContainsKey('OutputPath')
        # What is kept for the user, who names no file.
        $keeps = $command.Verb -in 'Save', 'Set'
        $changes = $writes -or $keeps -or $command.Verb -eq 'Clear' -or $command.Parameters.ContainsKey('Checkpoint')
        $command.Parameters.ContainsKey('WhatIf') | Should -Be $changes
        $command.Parameters.ContainsKey('Confirm') | Should -Be $changes
        $command.Parameters.ContainsKey('Force') | Should -Be $writes
        $command.Parameters.ContainsKey('PassThru') | Should -Be ($exports -or $keeps)
    }

    It 'means the same by the same names' {
        $shared = @{ BatchSize = 'System.Int32'; Top = 'System.Int32'; Device = 'System.String'; Path = 'System.String[]|System.String'; Layer = 'System.String[]'; Channel = 'System.Int32[]'; Recurse = 'System.Management.Automation.SwitchParameter' }
        foreach ($name in $shared.Keys) {
            if ($command.Parameters.ContainsKey($name)) { $command.Parameters[$name].ParameterType.FullName | Should -BeIn $shared[$name].Split('|') -Because "-$name" }
        }
        if ($command.Parameters.ContainsKey('LiteralPath')) { $command.Parameters['LiteralPath'].Aliases | Should -Contain 'PSPath' }
    }
}

Describe 'Completion' {
    It 'of layers follows the network' {
        Complete 'Get-CnnLayer -Layer conv' | Should -Be 'conv1', 'conv2', 'conv3', 'conv4', 'conv5'
        Complete 'Get-CnnActivation x.png FC' | Should -Be 'fc6', 'fc7', 'fc8'
        Complete 'Measure-CnnActivation x.png -Layer relu7' | Should -Be 'relu7'
        Complete 'Get-CnnFilter -Model alexnet64 -Layer conv5' | Should -Be 'conv5'
    }

    It 'of layers tells operator and shape' {
        $line = 'Get-CnnLayer -Layer pool5'
        ([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches[0].ToolTip | Should -Be 'MaxPool [192 x 3 x 3]'
    }

    It 'of a network that is not here needs nothing of it' {
        Complete 'Get-CnnLayer -Model resnet18 -Layer layer4.1.c' | Should -Be 'layer4.1.conv1', 'layer4.1.conv2'
        Complete 'Get-CnnPrediction x.png -Model resnet18 -Class cran' | Should -Be '134', '517'
    }

    It 'of classes quotes where PowerShell needs it' {
        Complete 'Get-CnnPrediction x.png -Class espr' | Should -Be 'espresso'
        Complete 'Get-CnnPrediction x.png -Class ''ice c' | Should -Be "'ice cream'"
        Complete 'Get-CnnPrediction x.png -Class ice' | Should -Be "'ice cream'", "'police van'"
    }

    It 'of channels counts those of the layer' {
        (Complete 'Get-CnnActivation x.png -Layer conv1 -Channel ').Count | Should -Be 64
        Complete 'Get-CnnFilter conv1 -Channel 6' | Should -Be 6, 60, 61, 62, 63
    }

    It 'of networks, devices and colour maps' {
        Complete 'Get-CnnModel alex' | Should -Be 'alexnet64', 'alexnet'
        Complete 'Get-CnnPrediction x.png -Model al' | Should -Be 'alexnet64', 'alexnet'
        Complete 'Import-CnnModel -Architecture mobilenet_v2' | Should -Be 'mobilenet_v2'
        (Complete 'Import-CnnModel squeezenet1_')[0..1] | Should -Be 'squeezenet1_0', 'squeezenet1_1'
        Complete 'Get-CnnPrediction x.png -Device cu' | Should -Be 'cuda', 'cuda:0'
        Complete 'Export-CnnImage x.png -ColorMap em' | Should -Be 'Ember'
        Complete 'Export-CnnImage x.png -Order St' | Should -Be 'Strength'
        Complete 'Export-TsneMap x.png -Layout ' | Should -Be 'Fill', 'Grid', 'Scatter'
        Complete 'Get-SaliencyMap x.png -Method grad' | Should -Be 'GradCam', 'GradCamPlusPlus', 'Gradient', 'GradientTimesInput'
        Complete 'New-AdversarialExample x.png -Method fg' | Should -Be 'Fgsm'
        Complete 'New-AdversarialExample x.png -Target least' | Should -Be 'LeastLikely'
        Complete 'Get-SaliencyMap x.png -Class pred' | Should -Be 'Predicted'
        Complete 'Get-SaliencyMap x.png -Baseline bl' | Should -Be 'Blur'
    }

    It 'of networks that are in a variable' {
        $global:CnnVisTestModel = Import-CnnModel $tiny
        try {
            Complete 'Get-CnnLayer -Model $CnnVisTestModel -Layer conv' | Should -Be 'conv1'
            Complete 'Get-CnnPrediction x.png -Model $CnnVisTestModel -Class ' | Should -Be 'red', 'blue'
            Complete '$CnnVisTestModel | Get-CnnLayer -Layer conv' | Should -Be 'conv1'
            Complete '$CnnVisTestModel | Get-CnnFilter -Layer ' | Should -Be 'conv1', 'fc2'
        }
        finally { $global:CnnVisTestModel = $null }
    }

    It 'of networks names files of networks and folders too, and no other file' {
        Complete "Get-CnnPrediction x.png -Model $fixtures/t" | Should -BeLike '*tiny.onnx'
        @(Complete "Get-CnnLayer -Model $fixtures/").ForEach({ [System.IO.Path]::GetFileName($_) }) | Should -Be 'four-channels.onnx', 'one-channel.onnx', 'tiny.onnx'
        Complete "Get-CnnLayer -Model $(Split-Path $fixtures)/fix" | Should -BeLike '*fixtures'
    }

    It 'of what is not known is not CnnVis''s' {
        @(Complete 'Get-CnnPrediction x.png -Class zzzz').Where({ $_ -and $_ -notlike '*zzzz*' }) | Should -BeNullOrEmpty
    }
}
