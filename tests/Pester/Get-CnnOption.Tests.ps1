BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $settings = $env:CNNVIS_OPTIONS, $env:CNNVIS_HOME
    $env:CNNVIS_OPTIONS = "$TestDrive/options.json"
}

AfterAll {
    $env:CNNVIS_OPTIONS, $env:CNNVIS_HOME = $settings
}

Describe 'Get-CnnOption' {
    It 'has nothing chosen at first' {
        $options = Get-CnnOption
        $options | Should -BeOfType ([CnnVis.CnnOption])
        foreach ($property in $options.PSObject.Properties) { $property.Value | Should -BeNullOrEmpty -Because $property.Name }
        "$options" | Should -Be 'nothing chosen'
    }

    It 'tells what holds, variables and defaults included' {
        $env:CNNVIS_HOME = "$TestDrive/elsewhere"
        $options = Get-CnnOption -Effective
        $options.Model, $options.Device, $options.TerminalPicture | Should -Be 'resnet224', 'cpu', 'Auto'
        $options.CacheFolder | Should -Be ([IO.Path]::GetFullPath("$TestDrive/elsewhere"))
        $options.Thread | Should -BeGreaterThan 0
    }

    It 'says what is wrong with a damaged file, and other commands go on' {
        Set-Content $env:CNNVIS_OPTIONS '{ "Model": 5'
        { Get-CnnOption -ErrorAction Stop } | Should -Throw '*options.json*-Reset*'
        (Get-CnnLayer conv1).Channels | Should -Be 64
        Set-CnnOption -Reset *
        "$(Get-CnnOption)" | Should -Be 'nothing chosen'
    }
}
